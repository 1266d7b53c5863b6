// CODE <tab> NAME <tab> n: the constants of net/http, from the sources of the toolchain that runs this.
package main

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, filepath.Join(os.Args[1], "src/net/http/status.go"), nil, 0)
	if err != nil {
		panic(err)
	}
	config := types.Config{Importer: importer.Default()}
	checked, err := config.Check("http", files, []*ast.File{file}, nil)
	if err != nil {
		panic(err)
	}
	for _, name := range checked.Scope().Names() {
		constant, ok := checked.Scope().Lookup(name).(*types.Const)
		if ok && constant.Exported() && strings.HasPrefix(name, "Status") {
			fmt.Printf("%s\t%s\tn\n", constant.Val(), name)
		}
	}
}
