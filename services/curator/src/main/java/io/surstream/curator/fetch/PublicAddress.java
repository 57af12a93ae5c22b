package io.surstream.curator.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells addresses of the public Internet from those that lead into this machine or its network (IANA's special-purpose address
 * registries). Pure.
 */
final class PublicAddress {
    private PublicAddress() {}

    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    private static boolean isPublic4(byte[] a) {
        int first = a[0] & 0xff;
        int second = a[1] & 0xff;
        int third = a[2] & 0xff;
        boolean carrier = first == 100 && second >= 64 && second < 128;
        boolean protocols = first == 192 && second == 0 && (third == 0 || third == 2);
        boolean benchmarks = first == 198 && (second == 18 || second == 19);
        boolean examples = first == 198 && second == 51 && third == 100 || first == 203 && second == 0 && third == 113;
        return first != 0 && first < 240 && !carrier && !protocols && !benchmarks && !examples;
    }

    /** Of the global unicast 2000::/3 only, less documentation and what carries an IPv4 address inside (6to4, Teredo). */
    private static boolean isPublic6(byte[] a) {
        int first = (a[0] & 0xff) << 8 | a[1] & 0xff;
        int second = (a[2] & 0xff) << 8 | a[3] & 0xff;
        boolean global = (first & 0xe000) == 0x2000;
        boolean special = first == 0x2002 || first == 0x2001 && (second < 0x200 || second == 0xdb8);
        return global && !special;
    }
}
