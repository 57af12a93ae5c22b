package io.surstream.testsupport.secured;

import io.surstream.embedded.ReservedPort;
import java.util.List;
import java.util.stream.Stream;

/** Ports of 127.0.0.1 for what a test starts, in this process or another. */
public final class FreePorts {
    private FreePorts() {}

    /** A port that nobody listened on a moment ago; another process may still take it first. */
    public static int one() {
        return many(1).get(0);
    }

    /** As many different ones. */
    public static List<Integer> many(int count) {
        List<ReservedPort> chosen =
                Stream.generate(ReservedPort::any).limit(count).toList();
        chosen.forEach(ReservedPort::close);
        return chosen.stream().map(ReservedPort::number).toList();
    }
}
