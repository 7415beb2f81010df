from vidocq.cli import main

main()
