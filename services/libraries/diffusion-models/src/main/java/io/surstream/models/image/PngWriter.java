package io.surstream.models.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;

/** PNG files (ISO/IEC 15948): those of 8-bit RGB with a text chunk by our own encoder, plain ones by ImageIO's. */
public final class PngWriter {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final String KEYWORD = "parameters";
    private static final int FILTERS = 5;
    private static final int PIXEL = 3;

    private PngWriter() {}

    /** @param parameters text of the chunk {@code parameters}: tEXt where Latin-1 can hold it, else iTXt in UTF-8 */
    public static byte[] write(RgbImage image, String parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            chunk(out, "IHDR", header(image));
            text(out, parameters);
            chunk(out, "IDAT", pixels(image));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A file without text; of RGB where the image has no alpha. */
    public static byte[] plain(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a PNG into memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] header(RgbImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(image.width());
        out.writeInt(image.height());
        out.write(new byte[] {8, 2, 0, 0, 0}); // 8 bits, RGB, deflate, adaptive filters, not interlaced
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String parameters) throws IOException {
        Charset latin1 = StandardCharsets.ISO_8859_1;
        // a NUL ends a field in these chunks
        String value = parameters.replace("\0", "");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(KEYWORD.getBytes(latin1));
        bytes.write(0);
        if (latin1.newEncoder().canEncode(value)) {
            bytes.writeBytes(value.getBytes(latin1));
            chunk(out, "tEXt", bytes.toByteArray());
        } else {
            bytes.writeBytes(new byte[] {0, 0, 0, 0}); // not compressed, no language, no translated keyword
            bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            chunk(out, "iTXt", bytes.toByteArray());
        }
    }

    private static byte[] pixels(RgbImage image) throws IOException {
        int stride = image.width() * PIXEL;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater)) {
            for (int y = 0; y < image.height(); y++) {
                out.write(bestRow(image.rgb(), y * stride, stride, y > 0));
            }
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    /** The filter whose differences are smallest in sum, which the standard recommends. */
    private static byte[] bestRow(byte[] rgb, int at, int stride, boolean above) {
        byte[] best = null;
        long least = Long.MAX_VALUE;
        for (int filter = 0; filter < FILTERS; filter++) {
            byte[] row = new byte[1 + stride];
            row[0] = (byte) filter;
            long sum = 0;
            for (int i = 0; i < stride; i++) {
                int a = i >= PIXEL ? rgb[at + i - PIXEL] & 0xff : 0;
                int b = above ? rgb[at + i - stride] & 0xff : 0;
                int c = above && i >= PIXEL ? rgb[at + i - stride - PIXEL] & 0xff : 0;
                row[1 + i] = (byte) (rgb[at + i] - predicted(filter, a, b, c));
                sum += Math.abs(row[1 + i]);
            }
            if (sum < least) {
                least = sum;
                best = row;
            }
        }
        return best;
    }

    private static int predicted(int filter, int a, int b, int c) {
        return switch (filter) {
            case 0 -> 0;
            case 1 -> a;
            case 2 -> b;
            case 3 -> (a + b) / 2;
            default -> paeth(a, b, c);
        };
    }

    private static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }

    private static void chunk(DataOutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }
}
