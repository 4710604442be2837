package io.hongbao.message.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.hongbao.common.error.ErrorCode;
import io.hongbao.embedded.junit.EmbeddedServices;
import io.hongbao.embedded.junit.TestServices;
import io.hongbao.message.ReadSide;
import io.hongbao.message.TestGroup;
import io.hongbao.message.group.Rules.HistoryPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(EmbeddedServices.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SearchTest {

  private final ReadSide side;
  private final long owner = TestGroup.newId();

  SearchTest(TestServices services) {
    this.side = ReadSide.open(services);
  }

  @AfterAll
  void close() {
    side.close();
  }

  @ParameterizedTest(name = "{1} in {0}: {2}")
  @CsvSource(
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Lunch at noon,lunch,true",
        "Lunch at noon,LUNCH AT,true",
        "Lunch at noon,noon,true",
        "Lunch at noon,dinner,false",
        "Lunch at noon,unch  at,false",
        "恭喜发财，大吉大利,发财，大,true",
        "恭喜发财，大吉大利,发大财,false",
        "ÀÉÎÕÜ,àéîõü,true",
        "résumé,resume,false",
        "ΟΔΟΣ,οδος,true",
        "ДОМ,дом,true",
        "ＷＩＤＥ,ｗｉｄｅ,true",
        "happy 😀 day,😀,true",
        "happy 😀 day,😂,false",
        "👩‍👩‍👧 family,👩‍👩‍👧,true",
        "100% sure,100%,true",
        "1000 sure,100%,false",
        "snake_case,e_c,true",
        "snakescase,e_c,false",
        "C:\\new\\text,\\new,true",
        "C:\\new\\text,\\\\,false",
        "C:\\new,n,true",
        "a \"quoted\" word,\"quoted\",true",
        "it's fine,it's,true",
        "`; DROP TABLE message; --`,`'; DROP`,false",
        "plain,text,false",
        "plain,{,false",
        "a!b,a!b,true",
        "a b,' ',false",
        "tab\there,b\th,true",
      })
  void findsSubstringsIgnoringCase(String text, String query, boolean found) {
    TestGroup group = side.group(owner);
    group.text(owner, text);
    assertThat(ReadSide.seqs(search(owner, group, query, "")).size()).isEqualTo(found ? 1 : 0);
  }

  @Test
  void aNewlineIsACharacterLikeOthers() {
    TestGroup group = side.group(owner);
    long seq = group.text(owner, "first\nsecond");
    assertThat(ReadSide.seqs(search(owner, group, "t\ns", ""))).containsExactly(seq);
    assertThat(ReadSide.seqs(search(owner, group, "tns", ""))).isEmpty();
    assertThat(ReadSide.seqs(search(owner, group, "\\n", ""))).isEmpty();
  }

  @Test
  void isNewestFirstAndPaged() {
    TestGroup group = side.group(owner);
    var seqs = new ArrayList<Long>();
    for (int i = 0; i < 25; i++) {
      seqs.addFirst(group.text(owner, "match " + i));
      group.text(owner, "other");
    }
    assertThat(pages(owner, "\"groupId\":\"" + group.id + "\",\"query\":\"match\",\"limit\":10"))
        .isEqualTo(List.of(seqs.subList(0, 10), seqs.subList(10, 20), seqs.subList(20, 25)));
  }

  @Test
  void aPageThatTakesThemAllHasNoCursor() {
    TestGroup group = side.group(owner);
    for (int i = 0; i < 10; i++) {
      group.text(owner, "match");
    }
    assertThat(search(owner, group, "match", ",\"limit\":5").has("nextCursor")).isTrue();
    assertThat(search(owner, group, "match", ",\"limit\":10").has("nextCursor")).isFalse();
  }

  @Test
  void looksBeyondOneBlock() {
    TestGroup group = side.group(owner);
    long oldest = group.text(owner, "needle one");
    for (int i = 0; i < 3; i++) {
      group.texts(owner, SearchRun.BLOCK - 1_000);
    }
    long newest = group.text(owner, "needle two");
    group.texts(owner, SearchRun.BLOCK);
    assertThat(ReadSide.seqs(search(owner, group, "needle", ""))).containsExactly(newest, oldest);
    assertThat(pages(owner, "\"groupId\":\"" + group.id + "\",\"query\":\"needle\",\"limit\":1"))
        .isEqualTo(List.of(List.of(newest), List.of(oldest)));
  }

  @Test
  void recalledEntriesAndSystemEntriesAreNeverFound() {
    TestGroup group = side.group(owner);
    long seq = group.text(owner, "secret");
    group.recall(owner, seq);
    assertThat(ReadSide.seqs(search(owner, group, "secret", ""))).isEmpty();
    assertThat(ReadSide.seqs(search(owner, group, "group_created", ""))).isEmpty();
    assertThat(ReadSide.seqs(search(owner, group, "seq", ""))).isEmpty();
  }

  @Test
  void findsOnlyWhatTheCallerMayRead() {
    TestGroup group = side.group(owner);
    long early = group.text(owner, "word");
    long late = TestGroup.newId();
    group.join(late);
    long after = group.text(owner, "word");
    group.historyPolicy(HistoryPolicy.SINCE_JOIN);
    assertThat(ReadSide.seqs(search(late, group, "word", ""))).containsExactly(after);
    assertThat(ReadSide.seqs(search(owner, group, "word", ""))).containsExactly(after, early);
    assertThat(allSeqs(late, "word")).containsExactly(after);
  }

  @Test
  void onlyMembersSearchAGroup() {
    TestGroup group = side.group(owner);
    assertThat(refusal(TestGroup.newId(), group.id)).isEqualTo(ErrorCode.NOT_A_MEMBER);
    assertThat(refusal(owner, TestGroup.newId())).isEqualTo(ErrorCode.NOT_FOUND);
  }

  @Test
  void withoutAGroupAllOfTheCallersAreSearchedInOrderOfTime() {
    long user = TestGroup.newId();
    TestGroup one = side.group(user);
    TestGroup two = side.group(user);
    TestGroup three = side.group(user);
    TestGroup foreign = side.group(owner);
    var ids = new ArrayList<Long>();
    for (int i = 0; i < 12; i++) {
      TestGroup group = List.of(one, two, three).get(i * i % 3);
      group.text(user, "match " + i);
      ids.addFirst((long) i);
      foreign.text(owner, "match no");
    }
    three.dissolve(user);
    var found = new ArrayList<Long>();
    for (List<String> page : textPages(user, "\"query\":\"MATCH\",\"limit\":5")) {
      page.forEach(text -> found.add(Long.valueOf(text.substring("match ".length()))));
    }
    assertThat(found).isEqualTo(ids);
  }

  @Test
  void severalGroupsAtTheSameMillisecondAreNotLostBetweenPages() {
    long user = TestGroup.newId();
    for (int i = 0; i < 7; i++) {
      TestGroup group = side.group(user);
      for (int j = 0; j < 3; j++) {
        group.text(user, "same");
      }
      group.sql("UPDATE message SET sent_at = 1700000000000 WHERE group_id = ?", group.id);
    }
    var places = new ArrayList<String>();
    for (JsonNode page : rawPages(user, "\"query\":\"same\",\"limit\":4")) {
      page.get("messages")
          .forEach(m -> places.add(m.get("groupId").textValue() + "/" + m.get("seq")));
    }
    assertThat(places).hasSize(21).doesNotHaveDuplicates();
  }

  @Test
  void anEmptyUserFindsNothing() {
    JsonNode page = side.ask(TestGroup.newId(), "message.search", "{\"query\":\"x\"}");
    assertThat(page.toString()).isEqualTo("{\"messages\":[]}");
  }

  private ErrorCode refusal(long userId, long groupId) {
    return side.refusal(
            userId, "message.search", "{\"groupId\":\"" + groupId + "\",\"query\":\"x\"}")
        .code();
  }

  private JsonNode search(long userId, TestGroup group, String query, String more) {
    return side.ask(
        userId,
        "message.search",
        "{\"groupId\":\"" + group.id + "\",\"query\":" + ReadSide.quoted(query) + more + "}");
  }

  private List<Long> allSeqs(long userId, String query) {
    return ReadSide.seqs(
        side.ask(userId, "message.search", "{\"query\":" + ReadSide.quoted(query) + "}"));
  }

  private List<List<Long>> pages(long userId, String data) {
    return rawPages(userId, data).stream().map(ReadSide::seqs).toList();
  }

  private List<List<String>> textPages(long userId, String data) {
    return rawPages(userId, data).stream()
        .map(page -> page.get("messages").findValuesAsText("text"))
        .toList();
  }

  private List<JsonNode> rawPages(long userId, String data) {
    var pages = new ArrayList<JsonNode>();
    String cursor = "";
    do {
      JsonNode page = side.ask(userId, "message.search", "{" + data + cursor + "}");
      pages.add(page);
      cursor =
          page.has("nextCursor")
              ? ",\"cursor\":\"" + page.get("nextCursor").textValue() + "\""
              : "";
    } while (!cursor.isEmpty());
    return pages;
  }
}
