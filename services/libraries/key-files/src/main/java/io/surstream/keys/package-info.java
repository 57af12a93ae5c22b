/** Files with certificates and keys: what kind they are, whether they can be used, and whom they trust; who may call by gRPC. */
package io.surstream.keys;
