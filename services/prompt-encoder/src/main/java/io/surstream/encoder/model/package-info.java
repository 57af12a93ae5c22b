/** The base model and the adapter behind the interfaces of the stages. */
package io.surstream.encoder.model;
