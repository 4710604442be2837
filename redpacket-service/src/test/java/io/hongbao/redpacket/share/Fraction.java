package io.hongbao.redpacket.share;

import java.math.BigInteger;

/// An exact fraction in lowest terms.
record Fraction(BigInteger over, BigInteger under) {

  static final Fraction ZERO = of(0, 1);
  static final Fraction ONE = of(1, 1);

  Fraction {
    BigInteger common = over.gcd(under);
    over = over.divide(common);
    under = under.divide(common);
  }

  static Fraction of(long over, long under) {
    return new Fraction(BigInteger.valueOf(over), BigInteger.valueOf(under));
  }

  Fraction plus(Fraction other) {
    return new Fraction(
        over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
  }

  Fraction times(Fraction other) {
    return new Fraction(over.multiply(other.over), under.multiply(other.under));
  }

  @Override
  public String toString() {
    return over + "/" + under;
  }
}
