/** Settings of the curator. */
package io.surstream.curator.config;
