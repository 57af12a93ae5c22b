/** Second stage: what each picture gets right, and what it shows about quality. */
package io.surstream.evaluation.measure;
