/** The networks behind the interfaces of the stages. */
package io.surstream.trainer.model;
