package io.hongbao.message.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.hongbao.common.contract.Frames;
import io.hongbao.common.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Makes the `message` events of entries: `{"event":"message","data":{…}}`, one behind the other in
/// one array. What clients gave goes in as the JSON it was made into when it came. Used by one
/// thread, which reuses its buffer.
final class EventEncoder {

  /// A buffer that a large run has grown beyond this is not kept.
  private static final int BUFFER_BYTES_KEPT_MAX = 1 << 20;

  private static final SerializableString EVENT = new SerializedString("event");
  private static final SerializableString MESSAGE = new SerializedString("message");
  private static final SerializableString DATA = new SerializedString("data");
  private static final SerializableString MESSAGE_ID = new SerializedString("messageId");
  private static final SerializableString GROUP_ID = new SerializedString("groupId");
  private static final SerializableString SEQ = new SerializedString("seq");
  private static final SerializableString SENDER_ID = new SerializedString("senderId");
  private static final SerializableString TYPE = new SerializedString("type");
  private static final SerializableString CONTENT = new SerializedString("content");
  private static final SerializableString SENT_AT = new SerializedString("sentAt");
  private static final SerializableString CLIENT_MESSAGE_ID =
      new SerializedString("clientMessageId");
  private static final SerializableString REPLY_TO_SEQ = new SerializedString("replyToSeq");
  private static final SerializableString MENTIONS = new SerializedString("mentions");

  private ByteArrayBuilder buffer = new ByteArrayBuilder();

  Frames encode(List<Entry> entries) {
    int[] ends = new int[entries.size()];
    try (JsonGenerator json = Json.mapper().getFactory().createGenerator(buffer)) {
      json.setRootValueSeparator(null);
      for (int i = 0; i < ends.length; i++) {
        write(json, entries.get(i));
        json.flush();
        ends[i] = buffer.size();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // from an array: it can't
    }
    byte[] bytes = buffer.toByteArray();
    if (bytes.length > BUFFER_BYTES_KEPT_MAX) {
      buffer = new ByteArrayBuilder();
    } else {
      buffer.reset();
    }
    return new Frames(bytes, ends);
  }

  private static void write(JsonGenerator json, Entry entry) throws IOException {
    json.writeStartObject();
    json.writeFieldName(EVENT);
    json.writeString(MESSAGE);
    json.writeFieldName(DATA);
    json.writeStartObject();
    json.writeFieldName(MESSAGE_ID);
    json.writeString(Long.toString(entry.messageId()));
    json.writeFieldName(GROUP_ID);
    json.writeString(Long.toString(entry.groupId()));
    json.writeFieldName(SEQ);
    json.writeNumber(entry.seq());
    json.writeFieldName(SENDER_ID);
    json.writeString(Long.toString(entry.senderId()));
    json.writeFieldName(TYPE);
    json.writeString(entry.type().wireName());
    json.writeFieldName(CONTENT);
    json.writeRawValue(entry.content());
    json.writeFieldName(SENT_AT);
    json.writeNumber(entry.sentAt());
    String clientMessageId = entry.clientMessageId();
    if (clientMessageId != null && entry.type().isSentByClients()) {
      json.writeFieldName(CLIENT_MESSAGE_ID);
      json.writeString(clientMessageId);
    }
    Long replyToSeq = entry.replyToSeq();
    if (replyToSeq != null) {
      json.writeFieldName(REPLY_TO_SEQ);
      json.writeNumber(replyToSeq);
    }
    String mentions = entry.mentions();
    if (mentions != null) {
      json.writeFieldName(MENTIONS);
      json.writeRawValue(mentions);
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
