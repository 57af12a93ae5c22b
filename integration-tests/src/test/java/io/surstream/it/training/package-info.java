/** Road 2 over processes of its own. */
package io.surstream.it.training;
