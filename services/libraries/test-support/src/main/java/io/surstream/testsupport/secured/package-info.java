/** Certificates made on the spot, a broker and a store that ask for them, and a log that tests can read. */
package io.surstream.testsupport.secured;
