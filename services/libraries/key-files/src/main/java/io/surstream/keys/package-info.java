/**
 * Files with certificates and keys: what kind they are, whether they can be used, and which certificates they trust.
 */
package io.surstream.keys;
