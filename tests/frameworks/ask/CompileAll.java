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
 * Compiles every project below a folder by itself, with all warnings: prints one line a warning or error. In one process and with
 * one reader of the libraries, since both take longer to start than a project takes. CompileAll FOLDER CLASSPATH OUT
 */
class CompileAll {
  public static void main(String[] arguments) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Files.createDirectories(Path.of(arguments[2]));
    List<String> options =
        List.of("-Xlint:all,-processing,-classfile", "-parameters", "-implicit:none", "-cp", arguments[1], "-d", arguments[2]);
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null);
        Stream<Path> projects = Files.list(Path.of(arguments[0]))) {
      for (Path project : projects.sorted().toList()) {
        compile(compiler, files, options, project);
      }
    }
  }

  private static void compile(JavaCompiler compiler, StandardJavaFileManager files, List<String> options, Path project)
      throws IOException {
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (Stream<Path> sources = Files.walk(project)) {
      List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
      compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(java)).call();
    }
    found.getDiagnostics().forEach(one -> System.out.println(project.getFileName() + ": " + one.toString().replace("\n", " ")));
  }
}
