/** The paper's experiment in miniature, on the playground: from captions to a table. */
package io.surstream.experiment;
