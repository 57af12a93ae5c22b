package io.surstream.cli.doctor;

import java.time.Duration;

/** Judges how far another clock is from ours. */
final class Clocks {
    private static final Duration SOME = Duration.ofSeconds(2);
    private static final Duration MUCH = Duration.ofSeconds(60);

    private Clocks() {}

    /**
     * @param ahead of ours; negative when behind
     * @param mayBeOld whether it says nothing when it is behind
     */
    static Finding judge(String check, String what, Duration ahead, boolean mayBeOld) {
        boolean isBehind = ahead.isNegative();
        Duration off = ahead.abs();
        String found = what + " " + off.toMillis() + " ms " + (isBehind ? "behind" : "ahead of") + " our clock";
        if (isBehind && mayBeOld || off.compareTo(SOME) <= 0) {
            return Finding.ok(check, found);
        }
        String advice =
                "let NTP set the clocks of all machines (timedatectl); queue ages and signatures of store requests depend on them";
        return off.compareTo(MUCH) <= 0 ? Finding.warn(check, found, advice) : Finding.fail(check, found, advice);
    }
}
