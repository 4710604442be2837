package io.hongbao.embedded;

import java.util.Locale;

/// Which operating system and processor the embedded servers are to run on.
enum Platform {
  LINUX_AMD64,
  LINUX_ARM64,
  MACOS_AMD64,
  MACOS_ARM64,
  OTHER;

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String system, String processor) {
    boolean arm = processor.equals("aarch64");
    String name = system.toLowerCase(Locale.ROOT);
    if (name.equals("linux") && (arm || processor.equals("amd64"))) {
      return arm ? LINUX_ARM64 : LINUX_AMD64;
    }
    if (name.startsWith("mac")) {
      return arm ? MACOS_ARM64 : MACOS_AMD64;
    }
    return OTHER;
  }
}
