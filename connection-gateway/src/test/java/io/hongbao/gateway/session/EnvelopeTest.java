package io.hongbao.gateway.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  static Stream<String> noEnvelopes() {
    return Stream.of(
        "",
        " ",
        "x",
        "nonsense",
        "null",
        "true",
        "7",
        "\"text\"",
        "[]",
        "[{\"id\":1,\"op\":\"a\"}]",
        "{",
        "{}",
        "{\"id\":1}",
        "{\"op\":\"a\"}",
        "{\"id\":1,\"op\":\"a\"",
        "{\"id\":1,\"op\":\"a\"}}",
        "{\"id\":1,\"op\":\"a\"} x",
        "{\"id\":1,\"op\":\"a\"}{\"id\":2,\"op\":\"a\"}",
        "{\"id\":1,\"op\":\"a\",}",
        "{\"id\":1 \"op\":\"a\"}",
        "{id:1,\"op\":\"a\"}",
        "{'id':1,'op':'a'}",
        "{\"id\":1,\"op\":\"a\",\"data\":}",
        "{\"id\":1,\"op\":\"a\",\"data\":{]}",
        "{\"id\":1,\"op\":\"a\",\"data\":{\"b\":nope}}",
        "{\"id\":0,\"op\":\"a\"}",
        "{\"id\":-1,\"op\":\"a\"}",
        "{\"id\":01,\"op\":\"a\"}",
        "{\"id\":1.0,\"op\":\"a\"}",
        "{\"id\":1.5,\"op\":\"a\"}",
        "{\"id\":1e3,\"op\":\"a\"}",
        "{\"id\":\"1\",\"op\":\"a\"}",
        "{\"id\":null,\"op\":\"a\"}",
        "{\"id\":true,\"op\":\"a\"}",
        "{\"id\":[1],\"op\":\"a\"}",
        "{\"id\":{},\"op\":\"a\"}",
        "{\"id\":NaN,\"op\":\"a\"}",
        "{\"id\":9007199254740993,\"op\":\"a\"}",
        "{\"id\":99999999999999999999999999,\"op\":\"a\"}",
        "{\"id\":" + "9".repeat(5_000) + ",\"op\":\"a\"}",
        "{\"id\":1,\"op\":null}",
        "{\"id\":1,\"op\":2}",
        "{\"id\":1,\"op\":[\"a\"]}",
        "{\"id\":1,\"op\":{}}",
        "{\"id\":1,\"id\":2,\"op\":\"a\"}",
        "{\"id\":1,\"op\":\"a\",\"op\":\"b\"}",
        "{\"id\":1,\"op\":\"a\",\"data\":{},\"data\":{}}",
        "{\"id\":1,\"op\":\"a\",\"data\":" + "[".repeat(600) + "]".repeat(600) + "}",
        "{\"id\":1,\"op\":\"a\nb\"}",
        "{\"id\":1,\"op\":\"\\x\"}",
        "\uFEFF{\"id\":1,\"op\":\"a\"}",
        "{\u0000\"id\":1,\"op\":\"a\"}",
        "// comment\n{\"id\":1,\"op\":\"a\"}");
  }

  @ParameterizedTest
  @MethodSource("noEnvelopes")
  void isNoEnvelope(String frame) {
    assertThat(parse(frame)).isNull();
  }

  @Test
  void isNoEnvelopeInAnotherEncoding() {
    assertThat(Envelope.parse("{\"id\":1,\"op\":\"a\"}".getBytes(StandardCharsets.UTF_16LE)))
        .isNull();
    assertThat(Envelope.parse("{\"id\":1,\"op\":\"a\"}".getBytes(StandardCharsets.UTF_16BE)))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":7,\"op\":\"a.b\",\"data\":{\"x\":[1,{\"y\":\"}\"}]}}",
        "{\"data\":{\"x\":[1,{\"y\":\"}\"}]},\"op\":\"a.b\",\"id\":7}",
        "{\"op\":\"a.b\",\"data\":{\"x\":[1,{\"y\":\"}\"}]},\"id\":7}",
        " \r\n\t{ \"id\" : 7 , \"op\" : \"a.b\" , \"data\" : {\"x\":[1,{\"y\":\"}\"}]} } \n",
        "{\"id\":7,\"op\":\"a.b\",\"trace\":[{}],\"data\":{\"x\":[1,{\"y\":\"}\"}]},\"v\":null}",
        "{\"v\":1,\"v\":2,\"id\":7,\"op\":\"a\\u002eb\",\"data\":{\"x\":[1,{\"y\":\"}\"}]}}",
        "{\"Id\":0,\"id\":7,\"op\":\"a.b\",\"data\":{\"x\":[1,{\"y\":\"}\"}]}}"
      })
  void readsTheFieldsInAnyOrder(String frame) {
    Envelope envelope = assertNotNullEnvelope(frame);

    assertThat(envelope.id()).isEqualTo(7);
    assertThat(envelope.op()).isEqualTo("a.b");
    assertThat(envelope.data()).asString().isEqualTo("{\"x\":[1,{\"y\":\"}\"}]}");
  }

  @Test
  void leavesDataAsItCame() {
    String data = "{ \"text\" : \"红包🧧\\ud83e\\udde7\" , \"n\":1e400, \"dup\":1,\"dup\":2 }";
    Envelope envelope = assertNotNullEnvelope("{\"id\":1,\"op\":\"a\",\"data\":" + data + " }");

    assertThat(envelope.data()).isEqualTo(data.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void takesMissingDataAsEmpty() {
    assertThat(assertNotNullEnvelope("{\"id\":1,\"op\":\"a\"}").data()).asString().isEqualTo("{}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{}]", "null", "1", "1.5", "true", "\"{}\""})
  void notesDataThatIsNoObject(String data) {
    Envelope envelope = assertNotNullEnvelope("{\"id\":1,\"data\":" + data + ",\"op\":\"a\"}");

    assertThat(envelope.data()).isNull();
    assertThat(envelope.op()).isEqualTo("a");
  }

  @Test
  void takesIdsUpToTwoToThe53() {
    assertThat(assertNotNullEnvelope("{\"id\":9007199254740992,\"op\":\"a\"}").id())
        .isEqualTo(Envelope.ID_MAX);
  }

  @Test
  void takesLongNamesAndNumbers() {
    String data = "{\"" + "n".repeat(60_000) + "\":" + "9".repeat(3_000) + "}";
    assertThat(assertNotNullEnvelope("{\"id\":1,\"op\":\"a\",\"data\":" + data + "}").data())
        .hasSize(data.length());
  }

  private static Envelope assertNotNullEnvelope(String frame) {
    Envelope envelope = parse(frame);
    assertNotNull(envelope, frame);
    return envelope;
  }

  private static @Nullable Envelope parse(String frame) {
    return Envelope.parse(frame.getBytes(StandardCharsets.UTF_8));
  }
}
