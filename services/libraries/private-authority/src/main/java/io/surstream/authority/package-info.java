/** A private certificate authority: its key, its certificate, and the certificates that it signs. */
package io.surstream.authority;
