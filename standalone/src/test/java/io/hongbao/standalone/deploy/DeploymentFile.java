package io.hongbao.standalone.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// A file of the deployment, from the repository's root.
final class DeploymentFile {

  static final Path ROOT = Path.of("..");

  private static final Pattern VARIABLE = Pattern.compile("\\bHONGBAO_[A-Z0-9_]+");
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeploymentFile() {}

  static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// With what anchors stand for.
  static JsonNode yaml(String path) {
    return yamls(path).getFirst();
  }

  /// Every document in it.
  static List<JsonNode> yamls(String path) {
    var documents = new ArrayList<JsonNode>();
    var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    yaml.loadAll(text(path)).forEach(document -> documents.add(JSON.valueToTree(document)));
    return documents;
  }

  static JsonNode json(String path) {
    try {
      return JSON.readTree(text(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Settings by the names that they have in the environment.
  static SortedMap<String, Setting<?>> settings() {
    return Settings.ALL.stream()
        .collect(
            Collectors.toMap(
                Setting::environmentName, setting -> setting, (one, _) -> one, TreeMap::new));
  }

  /// The names of settings that a text has.
  static Set<String> variables(String text) {
    return VARIABLE
        .matcher(text)
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asText).toList();
  }
}
