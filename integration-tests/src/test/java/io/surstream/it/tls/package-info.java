/** What a service asks of its callers where settings say so: TLS and certificates, made by the tests. */
package io.surstream.it.tls;
