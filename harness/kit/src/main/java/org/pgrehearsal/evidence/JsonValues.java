package org.pgrehearsal.evidence;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import org.pgrehearsal.wal.Lsn;

/** How single values look in {@code report.json} where Jackson's own form would not read well. */
final class JsonValues {
    private JsonValues() {}

    /** Seconds without the zeros at the end: {@code 3.25}. */
    static final class SecondsWriter extends JsonSerializer<Duration> {
        @Override
        public void serialize(Duration value, JsonGenerator json, SerializerProvider context) throws IOException {
            BigDecimal seconds = BigDecimal.valueOf(value.getSeconds()).add(BigDecimal.valueOf(value.getNano(), 9));
            BigDecimal shortest = seconds.stripTrailingZeros();
            json.writeNumber(shortest.scale() < 0 ? shortest.setScale(0) : shortest);
        }
    }

    static final class PositionWriter extends JsonSerializer<Long> {
        @Override
        public void serialize(Long value, JsonGenerator json, SerializerProvider context) throws IOException {
            json.writeString(new Lsn(value).toString());
        }
    }

    static final class PositionReader extends JsonDeserializer<Long> {
        @Override
        public Long deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Lsn.parse(json.getText()).value();
        }
    }
}
