/** What metadata alone decides: no prompt, seen before, unsafe. */
package io.surstream.curator.select;
