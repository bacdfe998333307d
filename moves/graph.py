"""Import graph of the packages: depth, circles, per package."""
import ast,sys,subprocess,collections
PK=('model','scenarios','calibration','dashboards')
def mods(root='.'):
    fs=subprocess.run(['git','ls-files','-co','--exclude-standard','*.py'],cwd=root,capture_output=True,text=True).stdout.split()
    import os
    fs=[f for f in fs if f.split('/')[0] in PK and os.path.exists(f)]
    m={}
    for f in fs:
        n=f[:-3].replace('/','.'); n=n.removesuffix('.__init__'); m[n]=f
    return m
def graph(m):
    g={}
    for n,f in m.items():
        t=ast.parse(open(f).read()); out=set()
        def visit(node,tc=False):
            for c in ast.iter_child_nodes(node):
                if isinstance(c,ast.If) and "TYPE_CHECKING" in ast.unparse(c.test): continue
                if isinstance(c,ast.Import):
                    for a in c.names:
                        if a.name in m: out.add(a.name)
                elif isinstance(c,ast.ImportFrom) and c.module:
                    for a in c.names:
                        if f"{c.module}.{a.name}" in m: out.add(f"{c.module}.{a.name}")
                        elif c.module in m: out.add(c.module)
                visit(c)
        visit(t); out.discard(n); g[n]=out
    return g
def depth(g):
    sys.setrecursionlimit(10000); memo={}; path=[]; circles=set()
    def d(n):
        if n in memo: return memo[n]
        if n in path: circles.add(tuple(path[path.index(n):])); return 0
        path.append(n); r=1+max((d(x) for x in g[n]),default=0); path.pop(); memo[n]=r; return r
    for n in g: d(n)
    return memo,circles
if __name__=='__main__':
    m=mods(); g=graph(m)
    for p in PK:
        s={n:{x for x in o if x.split('.')[0]==p} for n,o in g.items() if n.split('.')[0]==p}
        memo,c=depth(s); deep=max(memo,key=memo.get)
        chain=[deep]
        while s[chain[-1]] and len(chain)<40: chain.append(max(s[chain[-1]],key=memo.get))
        print(p,len(s),'depth',memo[deep],'circles',c); print('   ',' -> '.join(chain))
