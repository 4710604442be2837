package io.hongbao.common.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The one JSON mapper.
///
/// Records go out as the protocol has them: absent where `null`, and what is named `…Id` or `…Ids`
/// as decimal strings, since 64-bit ids do not fit a JavaScript number. Requests come in through
/// [Fields], which is strict; this mapper refuses duplicate keys and nesting beyond 32.
public final class Json {

  private static final int NESTING_MAX = 32;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(NESTING_MAX).build())
                  // Of each thread's own, a virtual thread would make new ones for each request.
                  .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                  // Without this, bytes have 12 of them for an emoji, text has the emoji.
                  .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                  .build())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .addModule(new SimpleModule("ids as strings").setSerializerModifier(new IdsAsStrings()))
          .build();

  private Json() {}

  public static JsonMapper mapper() {
    return MAPPER;
  }

  /// The same as [#bytes], as a string.
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
    }
  }

  public static byte[] bytes(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
    }
  }

  private static final class IdsAsStrings extends BeanSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public List<BeanPropertyWriter> changeProperties(
        SerializationConfig config, BeanDescription bean, List<BeanPropertyWriter> properties) {
      for (BeanPropertyWriter property : properties) {
        JavaType type = property.getType();
        if (property.getName().endsWith("Id") && isLong(type)) {
          property.assignSerializer(ToStringSerializer.instance);
        } else if (property.getName().endsWith("Ids") && isLong(type.getContentType())) {
          property.assignSerializer(new IdListSerializer());
        }
      }
      return properties;
    }

    private static boolean isLong(@Nullable JavaType type) {
      return type != null && (type.hasRawClass(long.class) || type.hasRawClass(Long.class));
    }
  }

  private static final class IdListSerializer extends JsonSerializer<Object> {
    @Override
    public void serialize(Object ids, JsonGenerator generator, SerializerProvider provider)
        throws IOException {
      generator.writeStartArray();
      for (Object id : (Collection<?>) ids) {
        generator.writeString(String.valueOf(id));
      }
      generator.writeEndArray();
    }
  }
}
