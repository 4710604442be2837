package io.hongbao.message.face;

/// Where somebody says they are, in degrees (WGS 84). Whoever lies about it meets who is there, as
/// somebody who stands there would: the place keeps strangers apart, it keeps no secret.
record Place(double latitude, double longitude) {

  static final double LATITUDE_MAX = 90;
  static final double LONGITUDE_MAX = 180;

  /// Redis' maps end a little beyond (EPSG:3857); their very edge is no place in them.
  private static final double MAPPED_LATITUDE_MAX = 85.05;

  /// The latitude as Redis takes it. Nearer to a pole, all of one longitude are at one place.
  double mappedLatitude() {
    return Math.clamp(latitude, -MAPPED_LATITUDE_MAX, MAPPED_LATITUDE_MAX);
  }

  /// The longitude as Redis takes it: of the two names of the antimeridian, the one on its maps.
  double mappedLongitude() {
    return longitude == LONGITUDE_MAX ? -LONGITUDE_MAX : longitude;
  }
}
