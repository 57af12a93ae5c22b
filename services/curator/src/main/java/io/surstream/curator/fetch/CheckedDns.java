package io.surstream.curator.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Dns;

/**
 * Resolves a host to its public addresses alone. The client connects to just these, so a name that answers differently the next
 * time (DNS rebinding) gains nothing.
 */
final class CheckedDns implements Dns {
    private final Dns resolver;
    private final boolean privateAllowed;

    /** @param privateAllowed whether every address is as good as a public one */
    CheckedDns(Dns resolver, boolean privateAllowed) {
        this.resolver = resolver;
        this.privateAllowed = privateAllowed;
    }

    /** @throws PrivateAddressException when the host has addresses, but no public one */
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        List<InetAddress> all = resolver.lookup(host);
        Stream<InetAddress> allowed = all.stream().filter(a -> privateAllowed || PublicAddress.isPublic(a));
        List<InetAddress> usable = allowed.toList();
        if (usable.isEmpty()) {
            throw new PrivateAddressException(host);
        }
        return usable;
    }

    /** The host leads into this machine or its network. */
    static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        PrivateAddressException(String host) {
            super(host + " has no public address");
        }
    }
}
