/** What goes wrong, in the words of RFC 9457. */
package io.surstream.gateway.problem;
