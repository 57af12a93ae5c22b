/** The rules of the house: who may import whom, and how classes may be called. */
package io.surstream.it.rules;
