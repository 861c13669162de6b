"""Parts of the page 导入台账."""
