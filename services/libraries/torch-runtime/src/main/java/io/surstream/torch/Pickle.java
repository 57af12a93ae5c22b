package io.surstream.torch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes the part of pickle protocol 2 that a TorchScript archive needs. */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** An object of script class {@code className} whose state is {@code attributes}. */
    static byte[] module(String className, Map<String, Object> attributes, Map<String, String> types) {
        Pickle p = new Pickle();
        p.op(0x80).op(2); // PROTO 2
        p.global("__torch__", className);
        p.op(')').op(0x81); // EMPTY_TUPLE, NEWOBJ
        p.op('}').op('('); // EMPTY_DICT, MARK
        attributes.forEach((name, value) -> {
            p.string(name);
            p.value(value, types.get(name));
        });
        p.op('u').op('b').op('.'); // SETITEMS, BUILD, STOP
        return p.out.toByteArray();
    }

    static byte[] emptyTuple() {
        return new byte[] {(byte) 0x80, 2, ')', '.'};
    }

    private void value(Object value, String type) {
        if (value instanceof Boolean b) {
            op(b ? 0x88 : 0x89);
        } else if (value instanceof Long n) {
            whole(n);
        } else if (value instanceof Double d) {
            real(d);
        } else if (value instanceof String s) {
            string(s);
        } else if (value instanceof List<?> list) {
            typed(type, () -> {
                op(']').op('('); // EMPTY_LIST, MARK
                list.forEach(item -> value(item, null));
                op('e'); // APPENDS
            });
        } else if (value == TorchScript.EMPTY_DICT) {
            typed(type, () -> op('}'));
        } else {
            throw new IllegalArgumentException("a script attribute must be Boolean, Long, Double, String, a List of"
                    + " those or TorchScript.EMPTY_DICT but is " + value);
        }
    }

    private void typed(String type, Runnable container) {
        global("torch.jit._pickle", "restore_type_tag");
        op('(');
        container.run();
        string(type);
        op('t').op('R'); // TUPLE, REDUCE
    }

    private Pickle op(int code) {
        out.write(code);
        return this;
    }

    private void global(String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private void string(String s) {
        byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
        op('X'); // BINUNICODE
        littleEndian(bytes.length, 4);
        out.writeBytes(bytes);
    }

    private void whole(long n) {
        if (n == (int) n) {
            op('J'); // BININT
            littleEndian(n, 4);
        } else {
            op(0x8a).op(8); // LONG1
            littleEndian(n, 8);
        }
    }

    private void real(double d) {
        op('G'); // BINFLOAT, big-endian
        littleEndian(Long.reverseBytes(Double.doubleToRawLongBits(d)), 8);
    }

    private void littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            op((int) (value >>> 8 * i) & 0xff);
        }
    }
}
