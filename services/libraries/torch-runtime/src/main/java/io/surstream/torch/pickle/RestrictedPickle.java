package io.surstream.torch.pickle;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads pickles (protocols 2 to 4) that hold tensors, dictionaries, lists, tuples, numbers and text, and nothing else.
 * Every class or function a pickle names must be one of {@link PickleGlobal}'s; none is ever called as Python would.
 */
final class RestrictedPickle {
    private static final Object MARK = new Object();

    private final Path file;
    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private final Map<String, PickledTensor.Storage> storages = new HashMap<>();

    /** Reads from the buffer's position and leaves it behind the pickle. */
    RestrictedPickle(Path file, ByteBuffer in) {
        this.file = file;
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The pickled value: Map, List (also for tuples), String, Long, Double, Boolean, null, {@link PickledTensor} or, for
     * numbers beyond 64 bits, their bytes.
     */
    Object read() {
        int at = in.position();
        try {
            for (int op = next(); op != '.'; op = next()) {
                step(op);
                at = in.position();
            }
            return pop();
        } catch (BufferUnderflowException e) {
            throw new StateDictException(file, "ends inside a pickle", e);
        } catch (ClassCastException
                | NoSuchElementException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new StateDictException(file, "malformed pickle at byte " + at + ": " + e.getMessage(), e);
        }
    }

    /** The storages that the tensors refer to, by key. */
    Map<String, PickledTensor.Storage> storages() {
        return storages;
    }

    private void step(int op) {
        switch (op) {
            case 0x80 -> protocol(next());
            case 0x95 -> in.getLong(); // FRAME
            case 'q' -> memo.put(next(), top());
            case 'r' -> memo.put(in.getInt(), top());
            case 0x94 -> memo.put(memo.size(), top()); // MEMOIZE
            case 'h' -> push(remembered(next()));
            case 'j' -> push(remembered(in.getInt()));
            case '0' -> pop();
            case '1' -> popMark();
            case '2' -> push(top());
            case 'c' -> push(PickleGlobal.of(file, line(), line()));
            case 0x93 -> { // STACK_GLOBAL
                String name = (String) pop();
                push(PickleGlobal.of(file, (String) pop(), name));
            }
            case 'Q' -> { // BINPERSID
                PickledTensor.Storage storage = PickleGlobal.storage(file, list(pop()));
                storages.put(storage.key(), storage);
                push(storage);
            }
            case 'R' -> {
                List<Object> arguments = list(pop());
                push(((PickleGlobal) pop()).call(arguments));
            }
            case 'b' -> { // BUILD: attributes of an OrderedDict (torch's _metadata), which hold no tensor
                pop();
                dictionary(top());
            }
            default -> {
                if (!scalar(op) && !container(op)) {
                    throw new StateDictException(
                            file,
                            String.format("pickle operation 0x%02x is not among those that tensors need; refused", op));
                }
            }
        }
    }

    private boolean scalar(int op) {
        switch (op) {
            case 'N' -> push(null);
            case 0x88 -> push(true);
            case 0x89 -> push(false);
            case 'J' -> push((long) in.getInt());
            case 'K' -> push((long) next());
            case 'M' -> push((long) (in.getShort() & 0xffff));
            case 0x8a -> push(whole(bytes(next()))); // LONG1
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case 'X', 'T', 'B' -> push(text(in.getInt()));
            case 0x8c, 'U', 'C' -> push(text(next()));
            case 0x8d, 0x8e -> push(text(Math.toIntExact(in.getLong())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int op) {
        switch (op) {
            case '(' -> {
                marks.push(stack.size());
                push(MARK);
            }
            case ']' -> push(new ArrayList<>());
            case '}' -> push(new LinkedHashMap<>());
            case ')' -> push(List.of());
            case 'l', 't' -> push(new ArrayList<>(popMark()));
            case 'd' -> {
                List<Object> pairs = popMark();
                push(new LinkedHashMap<>());
                put(dictionary(top()), pairs);
            }
            case 0x85, 0x86, 0x87 -> { // TUPLE1 to TUPLE3
                List<Object> items = tail(stack.size() - (op - 0x84));
                push(items);
            }
            case 'a' -> {
                Object item = pop();
                list(top()).add(item);
            }
            case 'e' -> {
                List<Object> items = popMark();
                list(top()).addAll(items);
            }
            case 's' -> {
                List<Object> pair = tail(stack.size() - 2);
                put(dictionary(top()), pair);
            }
            case 'u' -> {
                List<Object> pairs = popMark();
                put(dictionary(top()), pairs);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void put(Map<Object, Object> into, List<Object> pairs) {
        for (int i = 0; i < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            if (!(key instanceof String || key instanceof Long || key instanceof Double || key instanceof Boolean)) {
                throw new IllegalArgumentException("a dictionary's key must be text or a number");
            }
            into.put(key, pairs.get(i + 1));
        }
    }

    private void protocol(int protocol) {
        if (protocol < 2 || protocol > 4) {
            throw new StateDictException(file, "pickle protocol must be 2 to 4 but is " + protocol);
        }
    }

    private Object remembered(int index) {
        if (!memo.containsKey(index)) {
            throw new NoSuchElementException("nothing was remembered as " + index);
        }
        return memo.get(index);
    }

    private int next() {
        return in.get() & 0xff;
    }

    private byte[] bytes(int n) {
        if (n < 0 || n > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[n];
        in.get(bytes);
        return bytes;
    }

    private String text(int n) {
        return new String(bytes(n), StandardCharsets.UTF_8);
    }

    private String line() {
        StringBuilder line = new StringBuilder();
        for (int c = next(); c != '\n'; c = next()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** Little-endian two's complement. */
    private static Object whole(byte[] bytes) {
        if (bytes.length > 8) {
            return bytes;
        }
        long value = bytes.length > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object top() {
        return stack.get(stack.size() - 1);
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private List<Object> popMark() {
        int mark = marks.pop();
        List<Object> items = tail(mark + 1);
        pop();
        return items;
    }

    private List<Object> tail(int from) {
        List<Object> end = stack.subList(from, stack.size());
        List<Object> items = new ArrayList<>(end);
        end.clear();
        return items;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> dictionary(Object value) {
        return (Map<Object, Object>) value;
    }
}
