"""One module a page; its one public function makes the page object."""
