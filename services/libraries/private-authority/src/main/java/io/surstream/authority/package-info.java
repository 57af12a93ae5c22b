/** A certificate authority of one's own: its key, its certificate, and the certificates that it signs. */
package io.surstream.authority;
