package io.surstream.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.surstream.torch.tensor.DType;
import io.surstream.torch.tensor.FloatTensor;
import io.surstream.torch.tensor.LongTensor;
import io.surstream.torch.tensor.TorchException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    /** Each line: the header's JSON with ' for ", bytes of data behind it, what the refusal must say. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "[]|0|does not begin with '{'",
                "{'a'|0|is not JSON",
                "{} {}|0|something follows the JSON",
                "{'a':7}|0|tensor 'a': must be an object but is 7",
                "{'a':{'dtype':'F32','shape':[1]}}|4|tensor 'a': needs dtype, shape and data_offsets",
                "{'a':{'dtype':'F8_E4M3','shape':[1],'data_offsets':[0,1]}}|1|dtype must be one of F32, F16, BF16,"
                        + " F64, I64, I32, I8, U8, BOOL but is F8_E4M3",
                "{'a':{'dtype':5,'shape':[1],'data_offsets':[0,4]}}|4|dtype must be text but is 5",
                "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}|4|shape holds -1; the limits are 0 and",
                "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}}|4|shape must hold whole numbers but is 1.5",
                "{'a':{'dtype':'F32','shape':[18446744073709551616],'data_offsets':[0,4]}}|4|shape holds"
                        + " 18446744073709551616",
                "{'a':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,4]}}|4|is too large for any"
                        + " file",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}|4|F32[2] needs 8 bytes but data_offsets give"
                        + " it 4",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}|4|data_offsets must be [begin, end] but is [4,"
                        + " 0]",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4,8]}}|4|data_offsets has more than 2 numbers",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4],'x':1}}|4|has a field 'x'",
                "{'a':{'dtype':'F32','dtype':'F32','shape':[1],'data_offsets':[0,4]}}|4|dtype is duplicated",
                "{'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}|12|tensor 'a' ends at byte 16 but the file"
                        + " holds 12 bytes",
                "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}|8|tensors"
                        + " 'a' and 'b' overlap: one ends at byte 8, the other begins at byte 4",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}}|12|bytes"
                        + " 4 to 8 before tensor 'b' belong to none",
                "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}|6|bytes 4 to 6 after the last tensor belong to"
                        + " none",
                "{'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]},'a':{'dtype':'F32','shape':[0],'data_offsets':[0,0]}}|0|tensor"
                        + " 'a' is duplicated",
                "{'__metadata__':{'k':7}}|0|metadata 'k' must be text but is 7",
                "{'__metadata__':[1]}|0|__metadata__ must be an object",
            })
    void a_wrong_header_is_refused_naming_what_is_wrong(String json, int dataBytes, String words) throws IOException {
        Path file = file(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), dataBytes);
        refused(file, words);
    }

    @Test
    void a_length_that_lies_is_refused() throws IOException {
        byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
        refused(file(-1, json, 0), "18446744073709551615 bytes long, the limit is 100000000");
        refused(file(200_000_000, json, 0), "200000000 bytes long, the limit is 100000000");
        refused(file(50, json, 0), "50 bytes long but 2 bytes follow");
        refused(file(1, json, 0), "1 bytes long but 2 bytes follow");
    }

    @Test
    void a_header_that_is_not_utf8_is_refused() throws IOException {
        refused(file(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}, 0), "not UTF-8");
    }

    @Test
    void what_is_no_file_is_refused() throws IOException {
        refused(folder, "is a folder");
        refused(folder.resolve("absent"), "does not exist");
        refused(Files.write(folder.resolve("short"), new byte[9]), "9 bytes long, too short");
    }

    @Test
    void any_cut_and_any_flipped_byte_of_a_header_is_refused_or_still_a_whole_file() throws IOException {
        Path good = folder.resolve("good");
        SafetensorsWriter.write(
                good, Map.of("a", FloatTensor.zeros(2, 3), "b", LongTensor.scalar(4)), Map.of("k", "v"), DType.FP16);
        byte[] bytes = Files.readAllBytes(good);
        Random random = new Random(3);
        for (int i = 0; i < 400; i++) {
            byte[] bad = bytes.clone();
            bad[random.nextInt(bytes.length - 20)] = (byte) random.nextInt();
            Path file = Files.write(folder.resolve("bad"), bad);
            try (Weights weights = SafetensorsFile.open(file)) {
                weights.names().forEach(n -> assertEquals(n, weights.get(n).name()));
            } catch (SafetensorsException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            }
        }
        for (int cut = 0; cut < bytes.length; cut += 7) {
            Path file = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(bytes, cut));
            assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(file));
        }
    }

    @Test
    void names_in_any_script_empty_tensors_and_unaligned_data_are_read() throws IOException {
        String json = "{\"größe\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]},"
                + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[5,5]},"
                + "\"f\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]}}";
        try (Weights weights = SafetensorsFile.open(file(json.getBytes(StandardCharsets.UTF_8), 5))) {
            assertEquals(List.of("größe", "e", "f"), List.copyOf(weights.names()));
            assertEquals(FloatTensor.zeros(1), weights.get("größe").toFloat());
            assertEquals(FloatTensor.zeros(0, 7), weights.get("e").toFloat());
            assertEquals(LongTensor.zeros(1), weights.get("f").toLong());
            TorchException e = assertThrows(TorchException.class, () -> weights.get("weight"));
            assertTrue(e.getMessage().contains("has no tensor 'weight' among its 3"), e.getMessage());
        }
    }

    @Test
    void whole_numbers_keep_their_type_and_floats_take_the_one_asked_for() {
        Path file = folder.resolve("mixed");
        LongTensor ids = LongTensor.of(new long[] {Long.MIN_VALUE, -1, 1L << 62}, 3);
        SafetensorsWriter.write(
                file, Map.of("ids", ids, "x", FloatTensor.of(new float[] {1, 2}, 2)), Map.of(), DType.BF16);
        try (Weights weights = SafetensorsFile.open(file)) {
            assertEquals(ids, weights.get("ids").toLong());
            assertEquals(DType.BF16, weights.get("x").dtype());
            assertArrayEquals(new float[] {1, 2}, weights.get("x").toFloat().data());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FP64", "FP32", "BF16", "FP16"})
    void tensors_larger_than_what_is_written_at_once_come_back_whole(DType dtype) {
        // given 300,001 numbers that every format holds exactly
        Path file = folder.resolve("large");
        float[] values = new float[300_001];
        long[] ids = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 251 - 125;
            ids[i] = (long) i << 20;
        }
        FloatTensor x = FloatTensor.of(values, values.length);
        LongTensor whole = LongTensor.of(ids, ids.length);
        // when
        SafetensorsWriter.write(file, Map.of("ids", whole, "x", x), Map.of(), dtype);
        // then
        try (Weights weights = SafetensorsFile.open(file)) {
            assertEquals(x, weights.get("x").toFloat());
            assertEquals(whole, weights.get("ids").toLong());
        }
    }

    @Test
    void a_value_beyond_half_precision_is_refused_not_clipped() {
        Path file = folder.resolve("big");
        var big = Map.of("w", FloatTensor.scalar(70000));
        var e = assertThrows(
                IllegalArgumentException.class, () -> SafetensorsWriter.write(file, big, Map.of(), DType.FP16));
        assertTrue(e.getMessage().contains("tensor w holds 70000.0, beyond FP16's 65504"), e.getMessage());
        assertEquals(false, Files.exists(file));
    }

    private static void refused(Path file, String words) {
        SafetensorsException e = assertThrows(SafetensorsException.class, () -> SafetensorsFile.open(file));
        assertTrue(e.getMessage().contains(words), e.getMessage());
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }

    private Path file(byte[] json, int dataBytes) throws IOException {
        return file(json.length, json, dataBytes);
    }

    private Path file(long length, byte[] json, int dataBytes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(length).put(json);
        return Files.write(folder.resolve("file.safetensors"), bytes.array());
    }
}
