/** Compares this product's numbers with golden cases of the Python libraries, case by case. */
package io.surstream.parity;
