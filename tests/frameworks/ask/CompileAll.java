import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles every project below a folder by itself, with all warnings: prints one line a warning or error. In one process, since
 * starting a compiler takes longer than compiling. CompileAll FOLDER CLASSPATH OUT
 */
class CompileAll {
  public static void main(String[] arguments) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (Stream<Path> projects = Files.list(Path.of(arguments[0]))) {
      for (Path project : projects.sorted().toList()) {
        compile(compiler, project, arguments[1], Path.of(arguments[2]));
      }
    }
  }

  private static void compile(JavaCompiler compiler, Path project, String jars, Path out) throws IOException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Files.createDirectories(out);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, Locale.ROOT, null);
        Stream<Path> sources = Files.walk(project)) {
      List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
      List<String> options = List.of("-Xlint:all,-processing,-classfile", "-parameters", "-cp", jars, "-d", out.toString());
      compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(java)).call();
    }
    found.getDiagnostics().forEach(one -> System.out.println(project.getFileName() + ": " + one.toString().replace("\n", " ")));
  }
}
