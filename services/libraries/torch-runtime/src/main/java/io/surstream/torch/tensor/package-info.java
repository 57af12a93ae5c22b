/** Host tensors: what goes into a script and what comes out. */
package io.surstream.torch.tensor;
