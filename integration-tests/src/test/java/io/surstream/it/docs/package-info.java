/** Pages that are made from the sources, and the tests that they have not drifted. */
package io.surstream.it.docs;
