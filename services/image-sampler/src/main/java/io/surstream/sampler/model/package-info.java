/** The base model behind the interfaces of the stages. */
package io.surstream.sampler.model;
