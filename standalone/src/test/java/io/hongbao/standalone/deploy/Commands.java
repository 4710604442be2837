package io.hongbao.standalone.deploy;

import static java.util.stream.Collectors.toSet;

import java.util.Set;
import java.util.regex.Pattern;

/// The commands of the program that `./hongbao` passes on to it.
final class Commands {

  private static final Pattern PASSED_ON =
      Pattern.compile("^ {4}([a-z |]+)\\) (?:up|program) \"\\$@\" ;;$", Pattern.MULTILINE);

  private Commands() {}

  static Set<String> known() {
    return PASSED_ON
        .matcher(DeploymentFile.text("hongbao"))
        .results()
        .flatMap(found -> Pattern.compile(" \\| ").splitAsStream(found.group(1)))
        .collect(toSet());
  }
}
