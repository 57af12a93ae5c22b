/** What an adapter is and which ones a batch may use; everybody else loads, chooses or applies them. */
package io.surstream.encoder.adapter;
