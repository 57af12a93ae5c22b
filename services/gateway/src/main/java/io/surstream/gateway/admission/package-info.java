/** From request bytes to a submitted job: reading, limits, names, back-pressure. */
package io.surstream.gateway.admission;
