package io.hongbao.standalone;

import io.hongbao.common.config.InvalidSettingException;
import io.hongbao.common.config.Setting;
import io.hongbao.common.config.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// What the command line asks for.
sealed interface Arguments {

  /// Run a server.
  record Run(Settings settings) implements Arguments {}

  /// Only say something.
  record Print(String text) implements Arguments {}

  /// @param command changes only what is said
  /// @param defaultData the data folder where nothing else is said; null is the setting's own
  /// @throws InvalidSettingException for a flag, an environment variable or a line of the
  ///   configuration file that is wrong; the message names it
  static Arguments parse(
      Command command,
      String[] arguments,
      Map<String, String> environment,
      @Nullable String defaultData) {
    CommandLine line = line(command);
    ParseResult parsed = parse(line, arguments);
    if (parsed.isUsageHelpRequested()) {
      return new Print(line.getUsageMessage(Ansi.OFF));
    }
    if (parsed.isVersionHelpRequested()) {
      return new Print("Hongbao " + version() + "\n");
    }
    var flags = new HashMap<String, String>();
    for (Setting<?> setting : Settings.ALL) {
      String option = "--" + setting.name();
      if (parsed.hasMatchedOption(option)) {
        flags.put(setting.name(), parsed.matchedOptionValue(option, ""));
      }
    }
    Properties file = read(parsed.matchedOptionValue("--config", ""));
    if (defaultData != null) {
      file.putIfAbsent(Settings.DATA.name(), defaultData);
    }
    return new Run(Settings.of(flags, environment, file));
  }

  private static CommandLine line(Command command) {
    CommandSpec spec = CommandSpec.create().name("./hongbao");
    spec.usageMessage()
        .customSynopsis("./hongbao " + command.word() + " [SETTINGS]", "")
        .description(command.description(), "")
        .sortOptions(false)
        .width(100)
        .footer(
            "",
            "Each setting may also stand in the environment (HONGBAO_REDPACKET_EXPIRY for",
            "redpacket.expiry) or in the file. A flag beats the environment, the environment beats",
            "the file.");
    spec.addOption(
        OptionSpec.builder("--config")
            .type(String.class)
            .paramLabel("FILE")
            .description("Properties file with settings.")
            .build());
    for (Setting<?> setting : Settings.ALL) {
      String ending =
          setting.defaultText().isEmpty() ? "" : " Default: " + setting.defaultText() + ".";
      spec.addOption(
          OptionSpec.builder("--" + setting.name())
              .type(String.class)
              .paramLabel("VALUE")
              .description((setting.meaning() + ending).replace("%", "%%"))
              .hidden(!command.goesBy().test(setting))
              .build());
    }
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this.").build());
    spec.addOption(
        OptionSpec.builder("--version").versionHelp(true).description("Show the version.").build());
    return new CommandLine(spec).setAbbreviatedOptionsAllowed(false);
  }

  private static ParseResult parse(CommandLine line, String[] arguments) {
    try {
      return line.parseArgs(arguments);
    } catch (UnmatchedArgumentException e) {
      throw new InvalidSettingException(e.getUnmatched().getFirst(), "is no setting; see --help");
    } catch (OverwrittenOptionException e) {
      throw new InvalidSettingException(
          String.join("", ((OptionSpec) e.getOverwritten()).names()), "is given twice");
    } catch (ParameterException e) {
      throw new InvalidSettingException(
          "The command line", "cannot be read: " + e.getMessage() + "; see --help");
    }
  }

  private static Properties read(String file) {
    var properties = new Properties();
    if (!file.isEmpty()) {
      try (Reader in = Files.newBufferedReader(Path.of(file))) {
        properties.load(in);
      } catch (NoSuchFileException _) {
        throw new InvalidSettingException("--config", "names no file: " + file);
      } catch (IOException | IllegalArgumentException e) {
        throw new InvalidSettingException("--config", "cannot read " + file + ": " + e);
      }
    }
    return properties;
  }

  private static String version() {
    String version = Arguments.class.getPackage().getImplementationVersion();
    return version == null ? "(built from source)" : version;
  }
}
