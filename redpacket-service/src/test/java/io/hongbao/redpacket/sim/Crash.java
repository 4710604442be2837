package io.hongbao.redpacket.sim;

/// The process dies here. No code of ours catches it.
public final class Crash extends Error {
  private static final long serialVersionUID = 1;

  public Crash() {
    super("crash", null, false, false);
  }
}
