import org.springframework.http.HttpStatus;

/** CODE, NAME, and y where it is deprecated, separated by tabs. */
class Constants {
  public static void main(String[] arguments) throws ReflectiveOperationException {
    for (HttpStatus status : HttpStatus.values()) {
      boolean deprecated = HttpStatus.class.getField(status.name()).isAnnotationPresent(Deprecated.class);
      System.out.println(status.value() + "\t" + status.name() + "\t" + (deprecated ? "y" : "n"));
    }
  }
}
