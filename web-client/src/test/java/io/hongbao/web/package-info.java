/// The page's scripts under test, and rules that every file of the page keeps.
@NullMarked
package io.hongbao.web;

import org.jspecify.annotations.NullMarked;
