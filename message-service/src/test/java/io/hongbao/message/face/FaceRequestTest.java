package io.hongbao.message.face;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaceRequestTest {

  @Test
  void takesACodeAlone() {
    assertThat(parse("face.enter", "{'code': '0042'}"))
        .isEqualTo(new FaceRequest.Enter("0042", null));
    assertThat(parse("face.confirm", "{'code': '0042'}"))
        .isEqualTo(new FaceRequest.Confirm("0042"));
    assertThat(parse("face.leave", "{'code': '0042'}")).isEqualTo(new FaceRequest.Leave("0042"));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "31.2304, 121.4737", "-33, 18.5", "90, 180", "-90, -180", "1e1, -0.0"})
  void takesAPlace(String latitude, String longitude) {
    assertThat(
            parse(
                "face.enter",
                "{'code': '1234', 'latitude': %s, 'longitude': %s}".formatted(latitude, longitude)))
        .isEqualTo(
            new FaceRequest.Enter(
                "1234", new Place(Double.parseDouble(latitude), Double.parseDouble(longitude))));
  }

  @Test
  void nullCountsAsAbsent() {
    assertThat(parse("face.enter", "{'code': '1234', 'latitude': null, 'longitude': null}"))
        .isEqualTo(new FaceRequest.Enter("1234", null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # data                                                    | field
          {}                                                        | code
          {'code': null}                                            | code
          {'code': 1234}                                            | code
          {'code': ''}                                              | code
          {'code': '123'}                                           | code
          {'code': '12345'}                                         | code
          {'code': '12a4'}                                          | code
          {'code': '１２３４'}                                          | code
          {'code': '1234\\n'}                                        | code
          {'code': '1234', 'latitude': 1}                           | longitude
          {'code': '1234', 'longitude': 1}                          | latitude
          {'code': '1234', 'latitude': 1, 'longitude': null}        | longitude
          {'code': '1234', 'latitude': 90.1, 'longitude': 0}        | latitude
          {'code': '1234', 'latitude': -91, 'longitude': 0}         | latitude
          {'code': '1234', 'latitude': 1e999, 'longitude': 0}       | latitude
          {'code': '1234', 'latitude': 0, 'longitude': 180.5}       | longitude
          {'code': '1234', 'latitude': 0, 'longitude': -181}        | longitude
          {'code': '1234', 'latitude': '1', 'longitude': 1}         | latitude
          {'code': '1234', 'latitude': 1, 'longitude': true}        | longitude
          """)
  void refusesWhatIsNone(String data, String field) {
    assertThatThrownBy(() -> parse("face.enter", data))
        .isInstanceOfSatisfying(
            InvalidFieldException.class, e -> assertThat(e.refusal().field()).isEqualTo(field));
  }

  @ParameterizedTest
  @ValueSource(strings = {"face.confirm", "face.leave"})
  void refusesAWrongCodeEverywhere(String op) {
    assertThatThrownBy(() -> parse(op, "{'code': '12'}")).isInstanceOf(InvalidFieldException.class);
  }

  @Test
  void leavesOtherOperationsToOthers() {
    assertThat(parse("face.dance", "{}")).isNull();
    assertThat(parse("group.join", "{}")).isNull();
  }

  private static @Nullable FaceRequest parse(String op, String data) {
    return FaceRequest.parse(
        op, Fields.of(data.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
  }
}
