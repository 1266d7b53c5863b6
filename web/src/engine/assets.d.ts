/** A file as a data: URL, whatever its size. */
declare module "*?url&inline" {
  const url: string;
  export default url;
}
