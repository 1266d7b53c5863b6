// Has the compiler's type checker read every program below a folder by itself: prints one line a fault. In one process, since what
// a program imports takes longer to read than the program.
package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	files := token.NewFileSet()
	config := types.Config{
		Importer: importer.ForCompiler(files, "source", nil),
		Error:    func(fault error) { fmt.Println(fault) },
	}
	err := filepath.WalkDir(os.Args[1], func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, fault := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if fault != nil {
			fmt.Println(fault)
			return nil
		}
		config.Check("main", files, []*ast.File{file}, nil)
		return nil
	})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}
