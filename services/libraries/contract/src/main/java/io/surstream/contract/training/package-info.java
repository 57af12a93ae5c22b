/** Keys and sequences on the topics of training. */
package io.surstream.contract.training;
