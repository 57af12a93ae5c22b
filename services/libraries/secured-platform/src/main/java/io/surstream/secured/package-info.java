/** For tests: certificates made on the spot, and a broker and a store that ask for them. */
package io.surstream.secured;
