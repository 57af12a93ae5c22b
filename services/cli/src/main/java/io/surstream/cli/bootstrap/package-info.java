/** What a cluster and a store need before services with few rights can use them. */
package io.surstream.cli.bootstrap;
