package io.hongbao.message.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hongbao.common.wire.Fields;
import io.hongbao.common.wire.InvalidFieldException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogRequestTest {

  private static final String SEND =
      "'groupId': '7', 'clientMessageId': 'k', 'type': 'text', 'content': {'text': 'hi'}";

  @Test
  void takesAMessage() {
    assertThat(parse("message.send", SEND))
        .isEqualTo(
            new LogRequest.Send(7, "k", EntryType.TEXT, "{\"text\":\"hi\"}", null, Mentions.NONE));
    assertThat(parse("message.send", SEND + ", 'replyToSeq': 3, 'mentions': ['5', 'all', '05']"))
        .isEqualTo(
            new LogRequest.Send(
                7,
                "k",
                EntryType.TEXT,
                "{\"text\":\"hi\"}",
                3L,
                new Mentions(List.of(5L, Mentions.EVERYBODY))));
    assertThat(parse("message.recall", "'groupId': '7', 'seq': 3"))
        .isEqualTo(new LogRequest.Recall(7, 3));
    assertThat(parse("message.unknown", "")).isNull();
  }

  @Test
  void takesMedia() {
    String image = "'groupId': '7', 'clientMessageId': 'k', 'type': 'image'";
    assertThat(parse("message.send", image + ", 'content': {'mediaId': '8', 'name': 'n'}"))
        .isEqualTo(media(EntryType.IMAGE, null, null));
    String file = image.replace("image", "file");
    assertThat(parse("message.send", file + ", 'content': {'mediaId': '8', 'name': 'n'}"))
        .isEqualTo(media(EntryType.FILE, "n", null));
    String video = image.replace("image", "video");
    assertThat(parse("message.send", video + ", 'content': {'mediaId': '8', 'coverMediaId': '9'}"))
        .isEqualTo(media(EntryType.VIDEO, null, 9L));

    assertThat(faultOf(image + ", 'content': {'mediaId': 8}")).isEqualTo("content.mediaId");
    assertThat(faultOf(file + ", 'content': {'mediaId': '8', 'name': ''}"))
        .isEqualTo("content.name");
    assertThat(faultOf(video + ", 'content': {'mediaId': '8', 'coverMediaId': 9}"))
        .isEqualTo("content.coverMediaId");
  }

  private static LogRequest.SendMedia media(
      EntryType type, @Nullable String name, @Nullable Long coverMediaId) {
    return new LogRequest.SendMedia(7, "k", type, 8, name, coverMediaId, null, Mentions.NONE);
  }

  @Test
  void keepsOnlyTheFieldsItKnows() {
    assertThat(
            parse(
                "message.send",
                SEND.replace("'text': 'hi'", "'text': 'hi', 'more': 1") + ", 'extra': 2"))
        .isEqualTo(parse("message.send", SEND));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # replaced             | by                         | field
          'groupId': '7'         | 'groupId': 7               | groupId
          'groupId': '7'         | 'groupId': '-7'            | groupId
          'groupId': '7'         | 'groupIds': '7'            | groupId
          'clientMessageId': 'k' | 'clientMessageId': ''      | clientMessageId
          'clientMessageId': 'k' | 'clientMessageId': 5       | clientMessageId
          'type': 'text'         | 'type': 'system'           | type
          'type': 'text'         | 'type': 'recall'           | type
          'type': 'text'         | 'type': 'redpacket'        | type
          'type': 'text'         | 'type': 'image'            | content.mediaId
          'type': 'text'         | 'type': 'TEXT'             | type
          'type': 'text'         | 'type': 1                  | type
          {'text': 'hi'}         | {'text': ''}               | content.text
          {'text': 'hi'}         | {'text': 5}                | content.text
          {'text': 'hi'}         | {}                         | content.text
          {'text': 'hi'}         | 'hi'                       | content
          {'text': 'hi'}         | {'text': '\\ud800'}        | content.text
          'type'                 | 'replyToSeq': 0, 'type'    | replyToSeq
          'type'                 | 'replyToSeq': '3', 'type'  | replyToSeq
          'type'                 | 'mentions': '5', 'type'    | mentions
          'type'                 | 'mentions': [5], 'type'    | mentions
          'type'                 | 'mentions': ['0'], 'type'  | mentions
          'type'                 | 'mentions': ['me'], 'type' | mentions
          """)
  void namesTheFieldAtFault(String replaced, String by, String field) {
    assertThat(faultOf(SEND.replace(replaced, by))).isEqualTo(field);
  }

  @Test
  void countsCharactersAsCodePoints() {
    String longest = "🧧".repeat(LogRequest.TEXT_CHARACTERS_MAX);
    assertThat(parse("message.send", SEND.replace("hi", longest))).isNotNull();
    assertThat(faultOf(SEND.replace("hi", longest + "x"))).isEqualTo("content.text");
    String longestKey = "🧧".repeat(LogRequest.CLIENT_KEY_CHARACTERS_MAX);
    assertThat(parse("message.send", SEND.replace("'k'", "'" + longestKey + "'"))).isNotNull();
    assertThat(faultOf(SEND.replace("'k'", "'" + longestKey + "x'"))).isEqualTo("clientMessageId");
  }

  @Test
  void aDigestTellsContentsApart() {
    assertThat(digest(SEND)).isEqualTo(digest(SEND.replace("'k'", "'other'")));
    assertThat(
            List.of(
                digest(SEND),
                digest(SEND.replace("hi", "ho")),
                digest(SEND + ", 'replyToSeq': 1"),
                digest(SEND + ", 'mentions': ['1']"),
                digest(SEND + ", 'mentions': ['all']")))
        .doesNotHaveDuplicates();
  }

  private static long digest(String fields) {
    return parse("message.send", fields) instanceof LogRequest.Send send ? send.digest() : 0;
  }

  private static String faultOf(String fields) {
    InvalidFieldException e =
        catchThrowableOfType(InvalidFieldException.class, () -> parse("message.send", fields));
    return String.valueOf(e.refusal().field());
  }

  private static @Nullable LogRequest parse(String op, String fields) {
    String json = "{" + fields.replace('\'', '"') + "}";
    return LogRequest.parse(op, Fields.of(json.getBytes(StandardCharsets.UTF_8)));
  }
}
