package io.hongbao.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A folder in which the launcher believes to be in the repository.
record LaunchPad(Path root) {

  private static final Path LAUNCHER = Path.of("..", "hongbao");
  private static final long RUN_SECONDS_MAX = 60;

  /// Makes the jars and the class path that the launcher expects of a build.
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "maven $*"
      [ ! -f build-is-broken ] || exit 1
      case " $* " in
        *" -o "*) if [ -f offline-is-not-enough ]; then echo "in offline mode"; exit 1; fi ;;
      esac
      for module in common standalone benchmarks; do
        mkdir -p $module/target
        touch $module/target/$module-1.jar
        echo "$PWD/common/target/common-1.jar:$PWD/library.jar" >$module/target/class-path
      done
      """;

  private static final String JAVA =
      """
      #!/bin/sh
      echo "java of ${0%/bin/java}, pid $$"
      while [ "${1#io.hongbao.}" = "$1" ]; do printf '%s ' "$1"; shift; done
      printf '%s ' "$1"
      shift
      printf '[%s]' "$@"
      echo
      """;

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "basename",
          "cat",
          "cksum",
          "cp",
          "dirname",
          "find",
          "grep",
          "head",
          "id",
          "ls",
          "mkdir",
          "mktemp",
          "readlink",
          "rm",
          "sed",
          "sh",
          "sleep",
          "tail",
          "tee",
          "touch");

  static LaunchPad in(Path folder) throws IOException {
    var pad = new LaunchPad(folder.toRealPath());
    pad.program(pad.root.resolve("hongbao"), Files.readString(LAUNCHER));
    pad.program(pad.root.resolve("mvnw"), MAVEN);
    pad.write("pom.xml", "<project/>");
    pad.write("common/pom.xml", "<project/>");
    pad.write("common/src/main/Common.java", "");
    pad.write("standalone/pom.xml", "<project/>");
    pad.write("standalone/src/main/Standalone.java", "");
    pad.write("standalone/src/test/Client.java", "");
    pad.write("benchmarks/pom.xml", "<project/>");
    pad.write("benchmarks/src/main/Benchmarks.java", "");
    pad.write("library.jar", "");
    pad.write(".mvn/wrapper/maven-wrapper.properties", "");
    for (String tool : TOOLS) {
      Path usual = Path.of("/usr/bin", tool);
      Path program = Files.exists(usual) ? usual : Path.of("/bin", tool);
      pad.program(pad.programs().resolve(tool), "#!/bin/sh\nexec " + program + " \"$@\"\n");
    }
    return pad;
  }

  /// A folder on the launcher's path.
  Path programs() {
    return root.resolve("programs");
  }

  Path jdk(String name, String version) throws IOException {
    Path home = root.resolve(name);
    program(home.resolve("bin/java"), JAVA);
    program(home.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
  }

  /// A file that is newer than the last build, however coarse the file system's clock is.
  void touch(String name) throws Exception {
    TimeUnit.MILLISECONDS.sleep(20);
    write(name, "");
  }

  /// What the launcher sees: no JDK but those of this folder.
  Map<String, String> environment() {
    var environment = new TreeMap<String, String>();
    environment.put("PATH", programs().toString());
    environment.put("HOME", root.resolve("home").toString());
    environment.put("HONGBAO_JDK_FOLDERS", root.resolve("usual") + "/*");
    return environment;
  }

  Map<String, String> environment(String name, Path value) {
    Map<String, String> environment = environment();
    environment.put(name, value.toString());
    return environment;
  }

  Launch run(Map<String, String> environment, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(root.resolve("hongbao").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(RUN_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the launcher did not end:\n" + output);
    }
    return new Launch(process.pid(), process.exitValue(), output);
  }

  private void program(Path file, String text) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    Files.writeString(file, text);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
  }
}
